// MEMORY|THROWN
'x'.repeat(2 ** 29).length + 'y'.repeat(2 ** 30 - 30).split('').length
