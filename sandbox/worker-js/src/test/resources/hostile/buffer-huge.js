// MEMORY
const b = new Uint8Array(1024 * 1024 * 1024).fill(1); b.length
