// OK 1
console.log('x'.repeat(10 * 1024 * 1024)); 1
