// STACK|THROWN
let s = '1'; for (let i = 0; i < 20000; i++) { s = '(' + s + ')'; } eval(s) + eval('['.repeat(20000) + ']'.repeat(20000))
