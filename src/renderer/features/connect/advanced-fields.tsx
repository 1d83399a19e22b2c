import {
  Accordion,
  AccordionHeader,
  AccordionItem,
  AccordionPanel,
  Checkbox,
  Dropdown,
  Field,
  Input,
  makeStyles,
  Option,
  tokens,
} from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import type { AuthChoice } from '../../../shared/connections.ts'
import { AUTH_CHOICES } from '../../../shared/connections.ts'
import { AuthorityField } from './authority-field.tsx'
import { ClientCertificateField } from './client-certificate-field.tsx'
import type { ConnectFieldsProps } from './connect-form.ts'

const useStyles = makeStyles({
  advanced: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalM,
    paddingBottom: tokens.spacingVerticalS,
  },
})

/** What most people never need to fill in. */
export function AdvancedFields({ form, problems, onChange }: ConnectFieldsProps) {
  const styles = useStyles()
  const { t } = useTranslation()
  return (
    <Accordion collapsible>
      <AccordionItem value="advanced">
        <AccordionHeader size="small">{t('connect.advanced')}</AccordionHeader>
        <AccordionPanel>
          <div className={styles.advanced}>
            <Field label={t('connect.userName')} hint={t('connect.userNameHint')}>
              <Input value={form.userName} onChange={(_, { value }) => onChange({ userName: value })} />
            </Field>
            <Field label={t('connect.auth')}>
              <Dropdown
                value={t(`auth.${form.auth}`)}
                selectedOptions={[form.auth]}
                onOptionSelect={(_, { optionValue }) =>
                  onChange({ auth: AUTH_CHOICES.find((choice) => choice === optionValue) ?? 'auto' })
                }
              >
                {AUTH_CHOICES.map((choice: AuthChoice) => (
                  <Option key={choice} value={choice}>
                    {t(`auth.${choice}`)}
                  </Option>
                ))}
              </Dropdown>
            </Field>
            <Field
              label={t('connect.ewsUrl')}
              hint={t('connect.ewsUrlHint')}
              {...(problems.ewsUrl && { validationMessage: t('connect.ewsUrlProblem') })}
            >
              <Input
                type="url"
                value={form.ewsUrl}
                placeholder="https://mail.example.org/EWS/Exchange.asmx"
                onChange={(_, { value }) => onChange({ ewsUrl: value })}
              />
            </Field>
            <Field hint={t('connect.onlineLookupHint')}>
              <Checkbox
                label={t('connect.onlineLookup')}
                checked={form.isOnlineLookupAllowed}
                onChange={(_, { checked }) => onChange({ isOnlineLookupAllowed: checked === true })}
              />
            </Field>
            <AuthorityField
              facts={form.authorities?.facts ?? []}
              onChosen={(authorities) => onChange({ authorities })}
              onRemove={() => onChange({ authorities: null })}
            />
            <ClientCertificateField
              chosen={form.clientCertificate}
              onChange={(clientCertificate) => onChange({ clientCertificate })}
            />
          </div>
        </AccordionPanel>
      </AccordionItem>
    </Accordion>
  )
}
