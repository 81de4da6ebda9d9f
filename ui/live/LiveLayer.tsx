import { useParams } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { t } from '../say.ts'
import { useCatalog } from '../wire/catalog.ts'
import classes from './live.module.css'
import { liveTab } from './live-tab.ts'
import { isOwn, type News } from './news.ts'
import './words.ts'

/** A server that starts anew is back before anybody needs to hear of it. */
const worthTelling = 8000
/** A screen reader that is told of each change would talk without end. */
const quietFor = 10_000

/** One sentence at a time for those who do not see the page change. */
function useVoice() {
  const [said, setSaid] = useState('')
  const spokeAt = useRef(0)
  const say = useRef((text: string) => {
    if (Date.now() - spokeAt.current < quietFor) return
    spokeAt.current = Date.now()
    // The same words twice would not be read a second time.
    setSaid((before) => (before === text ? `${text}\u00a0` : text))
  })
  return { said, say: say.current }
}

/** Whether the line has been away for long enough to say so. */
function useAway() {
  const [isAway, setAway] = useState(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  const state = useRef((isLive: boolean) => {
    clearTimeout(timer.current)
    if (isLive) setAway(false)
    else timer.current = setTimeout(() => setAway(true), worthTelling)
  })
  return { isAway, onState: state.current }
}

/** Keeps what is on the screen as it is on the server, and says when it cannot. Fetched once the first page stands. */
export function LiveLayer() {
  const { org, actor } = useCatalog()
  const { id } = useParams({ strict: false })
  const shown = useRef(id)
  const { said, say } = useVoice()
  const { isAway, onState } = useAway()
  useEffect(() => {
    shown.current = id
  }, [id])
  useEffect(
    () =>
      liveTab(org.slug, actor.id, {
        onState,
        onNews(news: readonly News[]) {
          if (news.some((one) => one.id === shown.current && !isOwn(one.id))) say(t('live.recordChanged'))
        },
        onUnread(count, before) {
          if (count > (before ?? count)) say(t('live.unread', { count }))
        },
      }),
    [org.slug, actor.id, onState, say],
  )
  return (
    <div className={classes['layer']}>
      <div role="status" className="mantine-visually-hidden">
        {said}
      </div>
      <div role="status">{isAway ? <p className={classes['away']}>{t('live.away')}</p> : null}</div>
    </div>
  )
}
