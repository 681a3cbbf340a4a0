// THROWN
throw Symbol('s');
