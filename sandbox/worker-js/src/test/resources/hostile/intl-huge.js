// OK|THROWN|CPU|MEMORY
new Intl.NumberFormat('en', { minimumFractionDigits: 100 }).format(1e308) + new Intl.DateTimeFormat('en', { timeZone: 'x'.repeat(100000) })
