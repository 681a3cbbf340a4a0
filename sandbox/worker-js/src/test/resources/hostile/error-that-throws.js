// THROWN
throw { toString() { throw { toString() { throw 1; } }; }, toJSON() { throw 1; } };
