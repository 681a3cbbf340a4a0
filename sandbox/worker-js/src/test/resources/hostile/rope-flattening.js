// THROWN|MEMORY|CPU
let s = 'x'; for (let i = 0; i < 28; i++) { s += s; } const t = s + 'y'; t.charCodeAt(5); t.split('').length
