import { Avatar, Style, type StyleDefinition } from '@dicebear/core'
import adventurer from '@dicebear/styles/adventurer.json' with { type: 'json' }
import landscape from '@dicebear/styles/landscape.json' with { type: 'json' }
import lorelei from '@dicebear/styles/lorelei.json' with { type: 'json' }
import micah from '@dicebear/styles/micah.json' with { type: 'json' }
import miniavs from '@dicebear/styles/miniavs.json' with { type: 'json' }
import notionists from '@dicebear/styles/notionists.json' with { type: 'json' }
import openPeeps from '@dicebear/styles/open-peeps.json' with { type: 'json' }
import toonHead from '@dicebear/styles/toon-head.json' with { type: 'json' }
import type { DemoPixels } from '../demo-types.ts'
import { createSeededRandom, type SeededRandom } from '../organisation/seeded-random.ts'

/** How faces are drawn: `portrait` from DiceBear's styles; `simple` from a few shapes, several times cheaper. */
export type FaceDrawing = 'portrait' | 'simple'

interface FaceStyle {
  readonly weight: number
  readonly definition: StyleDefinition
  /** A face fit for a staff directory: no tears, no monsters. */
  readonly options: Readonly<Record<string, unknown>>
}

/** All of that style's heads but the bear's. */
const OPEN_PEEPS_HEADS =
  'afro bangs bangs2 bantuKnots bun bun2 buns cornrows cornrows2 dreads1 dreads2 flatTop flatTopLong grayBun grayMedium grayShort hatBeanie hatHip hijab long longAfro longBangs longCurly medium1 medium2 medium3 mediumBangs mediumBangs2 mediumBangs3 mediumStraight noHair1 noHair2 noHair3 pomp shaved1 shaved2 shaved3 short1 short2 short3 short4 short5 turban twists twists2'.split(
    ' ',
  )

const FACE_STYLES: readonly FaceStyle[] = [
  {
    weight: 4,
    definition: micah as StyleDefinition,
    options: { mouthVariant: ['smile', 'smirk', 'laughing'], eyebrowsVariant: ['up', 'eyelashesUp'] },
  },
  {
    weight: 4,
    definition: toonHead as StyleDefinition,
    options: {
      mouthVariant: ['smile', 'laugh'],
      eyebrowsVariant: ['happy', 'neutral', 'raised'],
      eyesVariant: ['happy', 'wide', 'humble'],
    },
  },
  {
    weight: 3,
    definition: openPeeps as StyleDefinition,
    options: {
      expressionVariant: [
        'smile',
        'smileBig',
        'calm',
        'cute',
        'driven',
        'cheeky',
        'smileTeethGap',
        'solemn',
        'lovingGrin1',
      ],
      headVariant: OPEN_PEEPS_HEADS,
      maskProbability: 0,
      accessoriesVariant: ['glasses', 'glasses2', 'glasses3', 'glasses4', 'glasses5', 'sunglasses'],
    },
  },
  { weight: 3, definition: notionists as StyleDefinition, options: { gestureProbability: 0 } },
  { weight: 2, definition: adventurer as StyleDefinition, options: {} },
  {
    weight: 2,
    definition: lorelei as StyleDefinition,
    options: { mouthVariant: ['happy01', 'happy02', 'happy05', 'happy08', 'happy11', 'happy14', 'happy16'] },
  },
  { weight: 1, definition: miniavs as StyleDefinition, options: { mouthVariant: ['default'] } },
]

/** A style is checked and prepared once, when the first picture of it is drawn. */
const prepared = new Map<StyleDefinition, Style>()

function avatar(definition: StyleDefinition, seed: string, options: Readonly<Record<string, unknown>>): string {
  const style = prepared.get(definition) ?? new Style(definition)
  prepared.set(definition, style)
  return new Avatar(style, { ...options, seed, size: 100, idRandomization: false }).toString()
}

function hsl(hue: number, saturation: number, lightness: number): string {
  return `hsl(${(((hue % 360) + 360) % 360).toFixed(2)},${saturation.toFixed(1)}%,${lightness.toFixed(1)}%)`
}

/** A soft backdrop; its colours, angle and light are continuous, so that no two are alike by accident. */
function backdrop(random: SeededRandom): string {
  const hue = random.next() * 360
  const turn = 20 + random.next() * 70
  const lightness = 78 + random.next() * 12
  const angle = (random.next() * 360).toFixed(1)
  const [x, y, radius] = [random.next() * 100, random.next() * 60, 30 + random.next() * 40].map((n) => n.toFixed(2))
  return `<defs><linearGradient id="backdrop" gradientTransform="rotate(${angle} .5 .5)">
<stop offset="0" stop-color="${hsl(hue, 62, lightness)}"/><stop offset="1" stop-color="${hsl(hue + turn, 52, lightness - 12)}"/></linearGradient>
<radialGradient id="glow"><stop offset="0" stop-color="#fff" stop-opacity=".45"/><stop offset="1" stop-color="#fff" stop-opacity="0"/></radialGradient></defs>
<rect x="-50" y="-50" width="200" height="200" fill="url(#backdrop)"/><circle cx="${x}" cy="${y}" r="${radius}" fill="url(#glow)"/>`
}

function portrait(seed: string, random: SeededRandom): string {
  const style = FACE_STYLES[random.pickWeighted(FACE_STYLES.map(({ weight }) => weight))]
  if (style === undefined) throw new Error('there are face styles')
  return backdrop(random) + avatar(style.definition, seed, style.options)
}

const SKIN = ['#f6d7c3', '#e8b894', '#d19a6e', '#a86f45', '#7c4b2a', '#573319']
const HAIR = ['#20160f', '#4a2f1b', '#8a5a2b', '#c79a4b', '#9b9b9b', '#b4462c', '#2b2b3a']

/** A face from a few shapes whose proportions are continuous. */
function simpleFace(random: SeededRandom): string {
  const skin = random.pick(SKIN)
  const hair = random.pick(HAIR)
  const shirt = hsl(random.next() * 360, 45, 45)
  const between = (low: number, high: number): number => Number((low + random.next() * (high - low)).toFixed(2))
  const [rx, ry, hairline, eye, smile, shoulder] = [
    between(17, 22),
    between(21, 26),
    between(-14, -4),
    between(6.5, 9.5),
    between(2, 7),
    between(26, 38),
  ]
  return `${backdrop(random)}<ellipse cx="50" cy="104" rx="${shoulder}" ry="30" fill="${shirt}"/>
<rect x="43" y="58" width="14" height="20" rx="6" fill="${skin}"/><ellipse cx="50" cy="46" rx="${rx + 3}" ry="${ry + 3}" fill="${hair}"/>
<ellipse cx="50" cy="${48 - hairline / 3}" rx="${rx}" ry="${ry + hairline / 4}" fill="${skin}"/>
<circle cx="${50 - eye}" cy="47" r="2" fill="#222"/><circle cx="${50 + eye}" cy="47" r="2" fill="#222"/>
<path d="M${50 - eye} 57 Q50 ${57 + smile * 1.6} ${50 + eye} 57" stroke="#722" stroke-width="1.6" fill="none" stroke-linecap="round"/>`
}

function logo(): string {
  return `<rect x="-50" y="-50" width="200" height="200" fill="#0b3a5b"/><path d="M18 62 L40 26 L54 48 L62 36 L82 62 Z" fill="#dff1fb"/>
<path d="M14 70 q9 -7 18 0 t18 0 t18 0 t18 0" stroke="#4fc3f7" stroke-width="4" fill="none"/>
<path d="M20 79 q8 -6 15 0 t15 0 t15 0 t15 0" stroke="#4fc3f7" stroke-width="3" fill="none" opacity=".6"/>`
}

function contentOf(picture: string, drawing: FaceDrawing, seed: string): string {
  const what = picture.slice(0, picture.indexOf(':'))
  if (what === 'logo') return logo()
  const random = createSeededRandom(`${seed}/${picture}`)
  if (what === 'room') return avatar(landscape as StyleDefinition, picture, {})
  return drawing === 'simple' ? simpleFace(random) : portrait(`${seed}/${picture}`, random)
}

/** Draws a picture as SVG of this size; what does not fit the proportions is cropped. */
export function drawSvg(
  picture: string,
  { widthPx, heightPx }: DemoPixels,
  drawing: FaceDrawing,
  seed: string,
): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${widthPx}" height="${heightPx}" viewBox="0 0 100 100" preserveAspectRatio="xMidYMid slice">${contentOf(picture, drawing, seed)}</svg>`
}
