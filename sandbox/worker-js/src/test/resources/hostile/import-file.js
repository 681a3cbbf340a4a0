// THROWN
import('file:///etc/passwd')
