// THROWN|MEMORY
let s = 'x'; for (;;) { s += s; }
