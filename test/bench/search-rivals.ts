import UFuzzy from '@leeoniya/ufuzzy'
import { Index } from 'flexsearch'
import Fuse from 'fuse.js'
import MiniSearch from 'minisearch'
import type { Person } from '../../src/shared/people.ts'

/** A search library over the same people: each answers the first screen and how many there are, as Rollcall does. */
export interface SearchRival {
  readonly name: string
  search(text: string): { first: readonly unknown[]; total: number }
}

/** Makes the rivals, each set to find by the beginnings of words, all of them, as its own manual says. */
export function createRivals(people: readonly Person[], rows: number): SearchRival[] {
  const texts = people.map(textOf)
  return [uFuzzy(texts, rows), miniSearch(texts, rows), flexSearch(texts, rows), fuse(texts, rows)]
}

function textOf({ displayName, address, title, department, office }: Person): string {
  return [displayName, address, title, department, office].join(' ').normalize('NFD').replace(/\p{M}/gu, '')
}

function uFuzzy(texts: string[], rows: number): SearchRival {
  const matcher = new UFuzzy({ interLft: 1 })
  return {
    name: 'uFuzzy',
    search(text) {
      const [ids, info, order] = matcher.search(texts, text, 0, 10_000)
      if (ids === null) return { first: [], total: 0 }
      const first = info && order ? order.slice(0, rows).map((place) => info.idx[place]) : ids.slice(0, rows)
      return { first, total: ids.length }
    },
  }
}

function miniSearch(texts: readonly string[], rows: number): SearchRival {
  const index = new MiniSearch<{ id: number; text: string }>({
    fields: ['text'],
    searchOptions: { prefix: true, combineWith: 'AND' },
  })
  index.addAll(texts.map((text, id) => ({ id, text })))
  return {
    name: 'MiniSearch',
    search(text) {
      const found = index.search(text)
      return { first: found.slice(0, rows), total: found.length }
    },
  }
}

function flexSearch(texts: readonly string[], rows: number): SearchRival {
  const index = new Index({ tokenize: 'forward' })
  for (const [id, text] of texts.entries()) index.add(id, text)
  return {
    name: 'FlexSearch',
    search(text) {
      const found = index.search(text, { limit: texts.length })
      return { first: found.slice(0, rows), total: found.length }
    },
  }
}

function fuse(texts: readonly string[], rows: number): SearchRival {
  const index = new Fuse(texts, { useExtendedSearch: true })
  return {
    name: 'Fuse.js',
    search(text) {
      // In its extended language a leading apostrophe asks for the words as they are, all of them.
      const words = text.split(' ').filter((word) => word !== '')
      const found = index.search(words.map((word) => `'${word}`).join(' '))
      return { first: found.slice(0, rows), total: found.length }
    },
  }
}
