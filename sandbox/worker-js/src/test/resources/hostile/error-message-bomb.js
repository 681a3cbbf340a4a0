// CPU
throw { get message() { for (;;) { } }, toString() { for (;;) { } }, toJSON() { for (;;) { } } };
