import { describe, expect, it } from 'vitest'
import { NO_FILTER } from '../../../src/shared/people.ts'
import { openTestLibrary } from '../../support/open-test-library.ts'
import { address } from '../../support/people.ts'

const LIST = {
  kind: 'addresses' as const,
  source: 'list' as const,
  addresses: [address('b@fjordline.example'), address('a@fjordline.example')],
}
const SEARCH = { kind: 'search' as const, text: 'Helsinki', filter: { ...NO_FILTER, kinds: ['person' as const] } }

describe('saved scopes', () => {
  it('are there by name when the library is opened again, as they were', () => {
    const { scopes, close, file } = openTestLibrary()
    const list = scopes.save('Zeta', LIST, 1)
    const search = scopes.save('Alpha', SEARCH, 2)
    close()
    const again = openTestLibrary(file).scopes
    expect(again.list()).toEqual([search, list])
    expect(again.find(list.id)).toEqual({ id: list.id, name: 'Zeta', definition: LIST })
  })

  it('lose whoever is forgotten', () => {
    const { scopes, upkeep } = openTestLibrary()
    const { id } = scopes.save('Team', LIST, 1)
    upkeep.forget([address('b@fjordline.example')])
    expect(scopes.find(id)?.definition).toEqual({ ...LIST, addresses: [address('a@fjordline.example')] })
  })

  it('are renamed and removed, and one that is not there is neither', () => {
    const { scopes } = openTestLibrary()
    const { id } = scopes.save('Team', LIST, 1)
    expect(scopes.rename(id, 'The team')).toMatchObject({ name: 'The team', definition: LIST })
    expect(scopes.rename('nowhere', 'x')).toBeNull()
    expect([scopes.remove(id), scopes.remove(id)]).toEqual([true, false])
    expect(scopes.list()).toEqual([])
  })
})
