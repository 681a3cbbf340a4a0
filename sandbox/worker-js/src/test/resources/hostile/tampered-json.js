// OK {"a":1}
JSON.stringify = () => '"forged"'; JSON.parse = () => 'forged'; Object.defineProperty(Object.prototype, 'toJSON', { value: undefined, writable: true }); ({ a: 1 })
