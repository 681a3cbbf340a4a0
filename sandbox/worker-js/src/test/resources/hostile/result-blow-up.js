// MEMORY|OUTPUT|CPU
let o = { a: 'x'.repeat(1000) }; for (let i = 0; i < 16; i++) { o = { l: o, r: o }; } o
