// MEMORY|THROWN
''.padStart(2 ** 30, 'abc').length + [...'z'.repeat(2 ** 28)].length
