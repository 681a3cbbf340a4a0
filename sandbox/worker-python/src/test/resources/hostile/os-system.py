# THROWN
import os
os.system('id')
