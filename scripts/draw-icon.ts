// `npm run icon`: draws resources/icon.png, which Linux shows for the desktop's window, from resources/icon.svg.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'

const RESOURCES = join(import.meta.dirname, '..', 'resources')
const SIZE_PX = 512

const png = await sharp(join(RESOURCES, 'icon.svg'))
  .resize(SIZE_PX, SIZE_PX)
  .png({ palette: true, effort: 10 })
  .toBuffer()
await writeFile(join(RESOURCES, 'icon.png'), png)
console.info(`resources/icon.png  ${SIZE_PX} × ${SIZE_PX} px, ${Math.ceil(png.length / 1024)} KB`)
