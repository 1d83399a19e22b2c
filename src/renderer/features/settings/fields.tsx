import { Field, makeStyles, Radio, RadioGroup, SpinButton } from '@fluentui/react-components'

const useStyles = makeStyles({ number: { maxWidth: '180px' } })

/** A whole number within limits. */
export function NumberField(props: {
  label: string
  hint?: string
  value: number
  min: number
  max: number
  onChange: (value: number) => void
}) {
  const styles = useStyles()
  const { label, hint, value, min, max, onChange } = props
  return (
    <Field label={label} {...(hint === undefined ? {} : { hint })}>
      <SpinButton
        className={styles.number}
        value={value}
        min={min}
        max={max}
        onChange={(_, { value: stepped, displayValue }) => {
          const next = stepped ?? Number.parseInt(displayValue ?? '', 10)
          if (Number.isFinite(next)) onChange(Math.min(max, Math.max(min, Math.round(next))))
        }}
      />
    </Field>
  )
}

/** One of a few. */
export function ChoiceField<Value extends string>(props: {
  label: string
  value: Value
  values: readonly Value[]
  wordsOf: (value: Value) => string
  onChange: (value: Value) => void
}) {
  return (
    <Field label={props.label}>
      <RadioGroup
        layout="horizontal"
        value={props.value}
        onChange={(_, { value }) => {
          const chosen = props.values.find((candidate) => candidate === value)
          if (chosen !== undefined) props.onChange(chosen)
        }}
      >
        {props.values.map((value) => (
          <Radio key={value} value={value} label={props.wordsOf(value)} />
        ))}
      </RadioGroup>
    </Field>
  )
}
