// SYNTAX
function main( {
