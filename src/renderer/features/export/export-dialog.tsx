import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogTitle,
  Dropdown,
  Field,
  makeStyles,
  Option,
  SpinButton,
  Text,
  tokens,
} from '@fluentui/react-components'
import { FolderOpenRegular } from '@fluentui/react-icons'
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ExportTarget } from '../../../shared/contract/exports.ts'
import type { ExportSize } from '../../../shared/export-size.ts'
import { EXPORT_WIDTH_PX } from '../../../shared/export-size.ts'
import type { JobId } from '../../../shared/jobs.ts'
import type { SizeCode } from '../../../shared/size-codes.ts'
import { SIZE_CODES, sizeCodePx } from '../../../shared/size-codes.ts'
import { useEngine } from '../../api/engine-context.tsx'
import { useAppInfo, useSettings } from '../../api/queries.ts'
import type { ScopeChoice } from '../../api/scope-choices.ts'
import { likeliestScope } from '../../api/scope-choices.ts'
import { toAppError } from '../../api/to-app-error.ts'
import { useErrorWords } from '../../i18n/use-error-words.ts'
import { CountRadios } from '../../ui/count-radios.tsx'
import { DialogBox } from '../../ui/dialog-box.tsx'
import { ErrorWords } from '../../ui/error-words.tsx'
import { useFormats } from '../../ui/use-formats.ts'
import { ExportProgress } from './export-progress.tsx'

const FIRST_WIDTH_PX = 200
const ANY_WIDTH = 'width'

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL },
  size: { display: 'flex', gap: tokens.spacingHorizontalM, alignItems: 'flex-start', flexWrap: 'wrap' },
  folder: { display: 'flex', gap: tokens.spacingHorizontalS, alignItems: 'center' },
  folderName: {
    flexGrow: 1,
    minWidth: 0,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    color: tokens.colorNeutralForeground2,
  },
  plan: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalXS,
    padding: tokens.spacingHorizontalM,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground3,
  },
  samples: { color: tokens.colorNeutralForeground3, overflowWrap: 'anywhere' },
})

function SizeFields(props: { size: ExportSize; onChange: (size: ExportSize) => void }) {
  const styles = useStyles()
  const { t } = useTranslation()
  const { size, onChange } = props
  const words = (code: SizeCode) => t('export.sizeCode', { sizeCode: code, px: sizeCodePx(code) })
  const shown = size.kind === 'size-code' ? words(size.sizeCode) : t('export.anyWidth')
  const onSelect = (value: string | undefined) => {
    const sizeCode = SIZE_CODES.find((code) => code === value)
    onChange(sizeCode ? { kind: 'size-code', sizeCode } : { kind: 'width', widthPx: FIRST_WIDTH_PX })
  }
  const setWidth = (px: number) => {
    if (Number.isFinite(px))
      onChange({
        kind: 'width',
        widthPx: Math.min(EXPORT_WIDTH_PX.most, Math.max(EXPORT_WIDTH_PX.least, Math.round(px))),
      })
  }
  return (
    <div className={styles.size}>
      <Field
        label={t('export.size')}
        hint={size.kind === 'size-code' ? t('export.sizeCodeHint') : t('export.widthHint')}
      >
        <Dropdown
          value={shown}
          selectedOptions={[size.kind === 'size-code' ? size.sizeCode : ANY_WIDTH]}
          onOptionSelect={(_, { optionValue }) => onSelect(optionValue)}
        >
          {SIZE_CODES.map((code) => (
            <Option key={code} value={code} text={words(code)}>
              {words(code)}
            </Option>
          ))}
          <Option value={ANY_WIDTH} text={t('export.anyWidth')}>
            {t('export.anyWidth')}
          </Option>
        </Dropdown>
      </Field>
      {size.kind === 'width' && (
        <Field label={t('export.width')}>
          <SpinButton
            value={size.widthPx}
            min={EXPORT_WIDTH_PX.least}
            max={EXPORT_WIDTH_PX.most}
            step={10}
            onChange={(_, { value, displayValue }) => setWidth(value ?? Number.parseInt(displayValue ?? '', 10))}
          />
        </Field>
      )}
    </div>
  )
}

function Plan(props: { choice: ScopeChoice; size: ExportSize }) {
  const styles = useStyles()
  const { t } = useTranslation()
  const formats = useFormats()
  const { queries } = useEngine()
  const { data } = useQuery(
    queries.exports.plan.queryOptions({
      input: { scope: props.choice.scope, size: props.size },
      placeholderData: keepPreviousData,
      gcTime: 0,
    }),
  )
  if (data === undefined) return null
  return (
    <div className={styles.plan}>
      <Text>{t('export.plan', { count: data.people - data.withoutPhoto })}</Text>
      {data.withoutPhoto > 0 && (
        <Text size={200}>
          {t('export.planWithout', { count: data.withoutPhoto, people: formats.number(data.withoutPhoto) })}
        </Text>
      )}
      {data.sampleNames.length > 0 && (
        <Text size={200} className={styles.samples}>
          {t('export.planNames', { names: data.sampleNames.join(', ') })}
        </Text>
      )}
    </div>
  )
}

function FolderField(props: { target: ExportTarget | null; onChoose: () => void; isChoosing: boolean }) {
  const styles = useStyles()
  const { t } = useTranslation()
  const canChoose = useAppInfo()?.canChooseFolder ?? false
  return (
    <Field label={t('export.folder')}>
      <div className={styles.folder}>
        <Text className={styles.folderName} title={props.target?.label}>
          {props.target?.label ?? (canChoose ? t('export.noFolder') : t('export.fixedFolder'))}
        </Text>
        {canChoose && (
          <Button icon={<FolderOpenRegular />} disabledFocusable={props.isChoosing} onClick={props.onChoose}>
            {t('export.chooseFolder')}
          </Button>
        )}
      </div>
    </Field>
  )
}

/** The folder that pictures go to. Where there is no dialog, the fixed folder is named without asking. */
function useTarget() {
  const { client } = useEngine()
  const canChoose = useAppInfo()?.canChooseFolder ?? false
  const choose = useMutation({ mutationFn: () => client.exports.chooseTarget() })
  return { ...choose, canChoose }
}

/** Whose pictures, how large, where to; then the job, which goes on when the dialog is closed (F70, F73). */
export function ExportDialog(props: { choices: readonly ScopeChoice[]; onClose: () => void }) {
  const styles = useStyles()
  const { t } = useTranslation()
  const errorWords = useErrorWords()
  const { client } = useEngine()
  const { choices, onClose } = props
  const [key, setKey] = useState(() => likeliestScope(choices))
  const [size, setSize] = useState<ExportSize>(useSettings().exports.size)
  const [jobId, setJobId] = useState<JobId | null>(null)
  const [target, setTarget] = useState<ExportTarget | null>(null)
  const chooser = useTarget()
  const choice = choices.find((candidate) => candidate.key === key)

  const chooseTarget = async () => {
    const chosen = await chooser.mutateAsync()
    if (chosen !== null) setTarget(chosen)
    return chosen
  }
  const start = useMutation({
    mutationFn: async (scope: ScopeChoice['scope']) => {
      const chosen = target ?? (await chooseTarget())
      return chosen === null ? null : client.exports.start({ scope, size, targetToken: chosen.token })
    },
    onSuccess: (id) => {
      if (id !== null) setJobId(id)
    },
  })
  const thrown = start.error ?? chooser.error
  const words = thrown === null ? null : errorWords(toAppError(thrown))
  return (
    <Dialog open onOpenChange={(_, { open }) => !open && onClose()}>
      <DialogBox>
        <DialogBody>
          <DialogTitle>{t('export.title')}</DialogTitle>
          {jobId !== null ? (
            <ExportProgress jobId={jobId} onClose={onClose} />
          ) : (
            <>
              <DialogContent className={styles.content}>
                <CountRadios
                  label={t('scope.label')}
                  value={key}
                  onChange={setKey}
                  choices={choices.map((offered) => ({
                    key: offered.key,
                    label: t(`scope.${offered.key}`, { count: offered.count }),
                    isEmpty: offered.count === 0,
                  }))}
                />
                <SizeFields size={size} onChange={setSize} />
                <FolderField
                  target={target}
                  isChoosing={chooser.isPending}
                  onChoose={() => void chooseTarget().catch(() => undefined)}
                />
                {choice !== undefined && choice.count > 0 && <Plan choice={choice} size={size} />}
                {words !== null && <ErrorWords {...words} />}
              </DialogContent>
              <DialogActions>
                <Button onClick={onClose}>{t('common.cancel')}</Button>
                <Button
                  appearance="primary"
                  disabledFocusable={choice === undefined || choice.count === 0 || start.isPending}
                  onClick={() => choice && start.mutate(choice.scope)}
                >
                  {t('export.start')}
                </Button>
              </DialogActions>
            </>
          )}
        </DialogBody>
      </DialogBox>
    </Dialog>
  )
}
