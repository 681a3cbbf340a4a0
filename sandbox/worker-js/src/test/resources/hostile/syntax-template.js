// SYNTAX
`${
