// SYNTAX
/(/
