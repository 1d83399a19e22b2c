import type { SavedScope } from '../../../shared/scopes.ts'
import type { KeptScope } from '../../core/people/ports.ts'
import type { OpenedAccount } from '../account-session.ts'
import { AppFailure, unwrap } from '../app-failure.ts'
import { indexed, os } from './base.ts'

export const scopesRoutes = indexed.scopes.router({
  list: os.scopes.list.handler(({ context }) => unwrap(context.services().session()).scopes.list().map(describeScope)),
  save: indexed.scopes.save.handler(({ context, input }) => {
    const services = context.services()
    const session = unwrap(services.session())
    const kept = session.scopes.save(input.name, input.definition, services.parts.clock.nowMs())
    tellIndex(session)
    services.parts.hub.emit({ type: 'scopes-changed' })
    return describeScope(kept)
  }),
  rename: indexed.scopes.rename.handler(({ context, input }) => {
    const services = context.services()
    const renamed = unwrap(services.session()).scopes.rename(input.id, input.name)
    if (renamed === null) throw new AppFailure({ code: 'unknown-reference', what: 'scope' })
    services.parts.hub.emit({ type: 'scopes-changed' })
    return describeScope(renamed)
  }),
  remove: indexed.scopes.remove.handler(({ context, input }) => {
    const services = context.services()
    const session = unwrap(services.session())
    const kept = session.scopes.find(input.id)
    if (kept === null) throw new AppFailure({ code: 'unknown-reference', what: 'scope' })
    session.scopes.remove(input.id)
    tellIndex(session)
    services.parts.hub.emit({ type: 'scopes-changed' })
    return { name: kept.name, definition: kept.definition }
  }),
})

/** The index knows whom the lists mean, so that a query can ask for one by its id. */
function tellIndex({ index, scopes }: OpenedAccount): void {
  index.setScopes(scopes.list())
}

function describeScope({ id, name, definition }: KeptScope): SavedScope {
  return definition.kind === 'search'
    ? { id, name, kind: 'search', count: null, search: { text: definition.text, filter: definition.filter } }
    : { id, name, kind: definition.source, count: definition.addresses.length, search: null }
}
