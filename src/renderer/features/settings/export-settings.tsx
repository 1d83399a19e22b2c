import { Field, makeStyles, Select } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import { EXPORT_WIDTH_PX } from '../../../shared/export-size.ts'
import { SIZE_CODES, sizeCodePx } from '../../../shared/size-codes.ts'
import { NumberField } from './fields.tsx'
import type { UndoableSettings } from './use-undoable-settings.ts'

const ANY_WIDTH = 'width'
const FIRST_WIDTH_PX = 200

const useStyles = makeStyles({ size: { maxWidth: '280px' } })

/** What an export begins with. */
export function ExportSettings({ settings, update }: Pick<UndoableSettings, 'settings' | 'update'>) {
  const styles = useStyles()
  const { t } = useTranslation()
  const { size } = settings.exports
  const choose = (value: string) => {
    const sizeCode = SIZE_CODES.find((code) => code === value)
    const chosen = sizeCode
      ? { kind: 'size-code' as const, sizeCode }
      : { kind: 'width' as const, widthPx: FIRST_WIDTH_PX }
    update({ exports: { size: chosen } })
  }
  return (
    <>
      <Field
        label={t('settings.exportSize')}
        hint={t(size.kind === 'size-code' ? 'export.sizeCodeHint' : 'export.widthHint')}
        className={styles.size}
      >
        <Select
          value={size.kind === 'size-code' ? size.sizeCode : ANY_WIDTH}
          onChange={(_, { value }) => choose(value)}
        >
          {SIZE_CODES.map((code) => (
            <option key={code} value={code}>
              {t('export.sizeCode', { sizeCode: code, px: sizeCodePx(code) })}
            </option>
          ))}
          <option value={ANY_WIDTH}>{t('export.anyWidth')}</option>
        </Select>
      </Field>
      {size.kind === 'width' && (
        <NumberField
          label={t('export.width')}
          {...{ value: size.widthPx, min: EXPORT_WIDTH_PX.least, max: EXPORT_WIDTH_PX.most }}
          onChange={(widthPx) => update({ exports: { size: { kind: 'width', widthPx } } })}
        />
      )}
    </>
  )
}
