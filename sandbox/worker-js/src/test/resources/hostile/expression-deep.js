// STACK|THROWN|SYNTAX
new Function('return ' + '-'.repeat(50000).replace(/-/g, '- ') + '1')()
