# THROWN
import subprocess
subprocess.run(['id'])
