import { Field, Radio, RadioGroup } from '@fluentui/react-components'

/** One of several things to choose from. Those without anything in them cannot be chosen. */
export function CountRadios<Key extends string>(props: {
  label: string
  value: Key
  choices: readonly { key: Key; label: string; isEmpty: boolean }[]
  onChange: (key: Key) => void
}) {
  const { choices } = props
  return (
    <Field label={props.label}>
      <RadioGroup
        value={props.value}
        onChange={(_, { value }) => {
          const chosen = choices.find(({ key }) => key === value)
          if (chosen) props.onChange(chosen.key)
        }}
      >
        {choices.map(({ key, label, isEmpty }) => (
          <Radio key={key} value={key} label={label} disabled={isEmpty} />
        ))}
      </RadioGroup>
    </Field>
  )
}
