# UNSETTLED|THROWN
class Never:
  def __await__(self): yield
async def main(i): await Never()
