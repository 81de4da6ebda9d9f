import { Button } from '@mantine/core'
import { Icon, links, useOrg } from '@commonhall/ui'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import classes from './booth.module.css'
import styles from './casting.module.css'
import { useBeginning } from './ContestStep.tsx'
import { t } from './t.ts'

/** In fours, as one reads it aloud or compares it. */
export const inFours = (receipt: string): string => receipt.replace(/.{4}(?=.)/g, '$& ')

function save(name: string, text: string) {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/plain' }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}

/** Copying, printing and saving: whichever one keeps things by. */
function Keeping({ receipt, election }: { receipt: string; election: string }) {
  const [isCopied, setCopied] = useState(false)
  const copy = () =>
    void navigator.clipboard.writeText(receipt).then(
      () => setCopied(true),
      // A browser may forbid it; the receipt stands above the button.
      () => undefined,
    )
  const text = t('receipt.file', { election, receipt, proves: t('receipt.proves'), warning: t('receipt.warning') })
  return (
    <div className={styles['keeping']}>
      <Button variant="default" leftSection={<Icon name={isCopied ? 'check' : 'file'} />} onClick={copy}>
        <span aria-live="polite">{t(isCopied ? 'receipt.copied' : 'receipt.copy')}</span>
      </Button>
      <Button variant="default" leftSection={<Icon name="print" />} onClick={() => print()}>
        {t('receipt.print')}
      </Button>
      <Button
        variant="default"
        leftSection={<Icon name="download" />}
        onClick={() => save(`receipt-${receipt.slice(0, 8)}.txt`, text)}
      >
        {t('receipt.save')}
      </Button>
    </div>
  )
}

interface ReceiptProps {
  readonly receipt: string
  readonly election: { readonly id: string; readonly name: string }
  /** How it came to be cast, where that is not what one has just done. */
  readonly note?: string | undefined
  readonly onRemove: () => void
  readonly children?: ReactNode
}

/** That the ballot is cast, and the code by which its owner finds it in the published box. */
export function Receipt({ receipt, election, note, onRemove, children }: ReceiptProps) {
  const org = useOrg()
  const heading = useBeginning<HTMLHeadingElement>()
  return (
    <section className={classes['step']} aria-labelledby="receipt">
      <h2 id="receipt" ref={heading} tabIndex={-1} data-good>
        <Icon name="check" size={22} /> {t('receipt.title')}
      </h2>
      {note ? <p className={classes['rule']}>{note}</p> : null}
      <div className={styles['receipt']}>
        <h3>{t('receipt.code')}</h3>
        <code aria-label={receipt}>{inFours(receipt)}</code>
        <Keeping receipt={receipt} election={election.name} />
      </div>
      <p>{t('receipt.proves')}</p>
      <p>{t('receipt.provesNot')}</p>
      <p className={classes['warning']}>
        <Icon name="warning" size={16} />
        <b>{t('receipt.warning')}</b>
      </p>
      <p>
        <Link {...links.page(org, `elections/${election.id}/receipt`)}>{t('receipt.later')}</Link>
      </p>
      <div className={styles['remove']}>
        <Button variant="default" onClick={onRemove}>
          {t('receipt.remove')}
        </Button>
        <p className={classes['quiet']}>{t('receipt.removeText')}</p>
      </div>
      {children}
    </section>
  )
}
