import { Alert, Button, Group, Modal, NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import { formatInstant } from '../fields/format.ts'
import { toast } from '../parts/toast.tsx'
import { useFocusBack } from '../parts/use-focus-back.ts'
import { t } from '../say.ts'
import { type FileRow, linkToFile } from '../wire/files.ts'
import { Problem } from '../wire/http.ts'

/** In minutes. */
const spans = { m15: 15, h1: 60, d1: 24 * 60, d7: 7 * 24 * 60 } as const

type Span = keyof typeof spans

const isSpan = (value: string): value is Span => Object.hasOwn(spans, value)

interface LinkDialogProps {
  org: string
  row: FileRow
  onClose: () => void
}

function useLink({ org, row, onClose }: LinkDialogProps) {
  const [span, setSpan] = useState<Span>('d1')
  const [isBusy, setBusy] = useState(false)
  const [refused, setRefused] = useState('')
  const [made, setMade] = useState({ url: '', until: '' })
  const act = async () => {
    setBusy(true)
    setRefused('')
    try {
      const { url, expires_at } = await linkToFile(org, row.id, spans[span])
      const until = formatInstant(expires_at)
      const whole = new URL(url, location.href).href
      try {
        await navigator.clipboard.writeText(whole)
        toast(t('filePreview.linkCopied', { until }))
        return onClose()
      } catch {
        setMade({ url: whole, until })
      }
    } catch (failure) {
      setRefused(failure instanceof Problem ? failure.message : t('problem.page'))
    }
    setBusy(false)
  }
  return { span, setSpan, isBusy, refused, made, act }
}

/** Makes an address that downloads the file for a while, and copies it. */
export function LinkDialog(props: LinkDialogProps) {
  useFocusBack()
  const { row, onClose } = props
  const { span, setSpan, isBusy, refused, made, act } = useLink(props)
  return (
    <Modal opened onClose={onClose} title={t('filePreview.linkTitle', { name: row.name })}>
      {refused ? (
        <Alert color="red" mb="md" role="alert">
          {refused}
        </Alert>
      ) : null}
      <p style={{ marginTop: 0 }}>{t('filePreview.linkText')}</p>
      {made.url ? (
        <TextInput
          label={t('filePreview.linkLabel')}
          description={t('filePreview.linkMade', { until: made.until })}
          value={made.url}
          readOnly
          autoFocus
          onFocus={(event) => event.currentTarget.select()}
        />
      ) : (
        <NativeSelect
          label={t('filePreview.linkLasts')}
          data-autofocus
          value={span}
          onChange={({ currentTarget: { value } }) => isSpan(value) && setSpan(value)}
          data={Object.keys(spans).map((value) => ({ value, label: t(`filePreview.lasts.${value as Span}`) }))}
        />
      )}
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onClose}>
          {t(made.url ? 'shell.closeDialog' : 'form.cancel')}
        </Button>
        {made.url ? null : (
          <Button loading={isBusy} onClick={() => void act()}>
            {t('filePreview.linkAct')}
          </Button>
        )}
      </Group>
    </Modal>
  )
}
