import { useTranslation } from 'react-i18next'
import { BringListDialog } from '../features/scopes/bring-list-dialog.tsx'
import { ExpandListDialog } from '../features/scopes/expand-list-dialog.tsx'
import { NameDialog } from '../features/scopes/name-dialog.tsx'
import type { WindowCommands } from './use-window-commands.ts'
import type { WindowScopes } from './use-window-scopes.ts'

/** The dialogs in which scopes are made and named. */
export function ScopeDialogs({ commands, scopes }: { commands: WindowCommands; scopes: WindowScopes }) {
  const { t } = useTranslation()
  const { dialog } = commands
  const onClose = () => commands.openDialog(null)
  switch (dialog?.kind) {
    case 'bring-list':
      return <BringListDialog onSave={scopes.save} onClose={onClose} />
    case 'expand-list':
      return <ExpandListDialog onSave={scopes.save} onClose={onClose} />
    case 'keep-scope': {
      const { firstName, definition } = dialog
      const onName = (name: string) => {
        onClose()
        commands.run(scopes.save(name, definition))
      }
      return <NameDialog title={t('scopes.keepTitle')} {...{ firstName, onName, onClose }} />
    }
    case 'rename-scope': {
      const { scope } = dialog
      const onName = (name: string) => {
        onClose()
        scopes.rename(scope, name)
      }
      return <NameDialog title={t('scopes.renameTitle')} firstName={scope.name} {...{ onName, onClose }} />
    }
    default:
      return null
  }
}
