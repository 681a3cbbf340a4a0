// OK|THROWN|MEMORY|CPU
const a = []; a.length = 2 ** 32 - 1; a.fill(1, 0, 100).join('x'.repeat(1000)).length
