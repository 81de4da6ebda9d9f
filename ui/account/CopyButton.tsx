import { Button } from '@mantine/core'
import { useState } from 'react'
import { Icon } from '../parts/Icon.tsx'
import { t } from '../say.ts'

/** Puts text on the clipboard, and says so on itself. */
export function CopyButton({ text }: { text: string }) {
  const [isCopied, setCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(text)
    setCopied(true)
    setTimeout(() => setCopied(false), 2000)
  }
  return (
    <Button
      variant="default"
      size="compact-sm"
      leftSection={<Icon name={isCopied ? 'check' : 'file'} size={14} />}
      aria-live="polite"
      // A browser may forbid it; the text stands beside the button.
      onClick={() => void copy().catch(() => {})}
    >
      {t(isCopied ? 'codes.copied' : 'codes.copy')}
    </Button>
  )
}
