// CPU|MEMORY
const a = []; for (let i = 0; i < 3e6; i++) { a.push((i * 7919) % 1000003); } for (;;) { a.sort((x, y) => x - y); }
