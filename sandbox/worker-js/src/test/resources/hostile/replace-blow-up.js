// MEMORY|THROWN|CPU
'x'.repeat(1e6).replace(/x/g, '$&'.repeat(1000)).length
