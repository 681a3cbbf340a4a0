// THROWN
throw new Error('x'); //# sourceURL=/etc/passwd
