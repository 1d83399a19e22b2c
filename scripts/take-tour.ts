// The last part of `npm run screenshots`: takes the pictures of docs/tour.md anew, through the very tests that compare them.
import { spawnSync } from 'node:child_process'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'

const PROJECT_DIR = join(import.meta.dirname, '..')
const TOUR_DIR = join(PROJECT_DIR, 'docs', 'tour')
/** Few colours: the pictures are compared with a tolerance, and the repository stays small. */
const COLOURS = 64

/** Takes every picture of the tour, then makes the files small. */
export async function takeTour(): Promise<void> {
  const playwright = join(PROJECT_DIR, 'node_modules', '@playwright', 'test', 'cli.js')
  const ran = spawnSync(process.execPath, [playwright, 'test', 'test/e2e/tour.spec.ts', '--update-snapshots'], {
    cwd: PROJECT_DIR,
    stdio: 'inherit',
  })
  if (ran.status !== 0) throw new Error('The pictures of the tour could not be taken.')
  await shrinkTour()
}

/** Reduces the colours of the tour's pictures. */
async function shrinkTour(): Promise<void> {
  let bytes = 0
  const names = (await readdir(TOUR_DIR)).filter((name) => name.endsWith('.png'))
  for (const name of names) {
    const file = join(TOUR_DIR, name)
    const small = await sharp(await readFile(file))
      .png({ palette: true, colours: COLOURS, effort: 7 })
      .toBuffer()
    await writeFile(file, small)
    bytes += small.length
  }
  console.info(`docs/tour: ${names.length} pictures, ${Math.round(bytes / 1024)} KB`)
}
