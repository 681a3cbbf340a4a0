// OUTPUT
'x'.repeat(6 * 1024 * 1024)
