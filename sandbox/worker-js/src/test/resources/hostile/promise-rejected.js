// THROWN
Promise.reject(new TypeError('no'))
