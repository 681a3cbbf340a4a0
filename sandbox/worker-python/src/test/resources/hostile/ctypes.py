# THROWN
import ctypes
ctypes.CDLL(None)
