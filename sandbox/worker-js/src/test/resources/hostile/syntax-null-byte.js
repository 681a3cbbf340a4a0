// SYNTAX
var a = \u0000;
