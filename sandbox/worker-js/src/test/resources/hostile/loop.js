// CPU
while (true) {}
