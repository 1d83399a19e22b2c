import { Button } from '@fluentui/react-components'
import { DocumentAddRegular } from '@fluentui/react-icons'
import { useRef } from 'react'
import { type ChosenFile, readChosenFiles } from './certificate-choice.ts'

/** A button that lets a person choose files; nothing is said when none was chosen. */
export function ChooseFiles(props: {
  label: string
  accept: string
  isMultiple: boolean
  onChosen: (files: readonly ChosenFile[]) => void
}) {
  const input = useRef<HTMLInputElement>(null)
  const choose = async (files: readonly File[]) => {
    if (files.length > 0) props.onChosen(await readChosenFiles(files))
  }
  return (
    <>
      <Button size="small" icon={<DocumentAddRegular />} onClick={() => input.current?.click()}>
        {props.label}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        multiple={props.isMultiple}
        accept={props.accept}
        aria-label={props.label}
        // The same file can be chosen again.
        onChange={({ target }) => void choose([...(target.files ?? [])]).finally(() => (target.value = ''))}
      />
    </>
  )
}
