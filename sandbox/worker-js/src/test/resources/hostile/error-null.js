// THROWN
throw null;
