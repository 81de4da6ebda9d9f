import { Registry as Meters } from 'prom-client'
import { fit } from '@commonhall/kernel'
import type { TestHouse } from '@commonhall/engine/testing'
import { mailSlot } from '../mail.ts'
import { Post } from '../post.ts'
import { openSmtp } from '../transports/smtp.ts'

const hurry = { soon: 300, silence: 300, longest: 400 }

/** Another post of the same house, over a server of its own; in a hurry, as whoever is silent must be given up. */
export const hastyPost = (house: TestHouse, url: string, patience = hurry): Post =>
  new Post({
    settings: { environment: {}, production: true, publicUrl: 'https://hall.example.org' },
    database: house.engine.database,
    meters: new Meters(),
    told: () => {},
    fittings: [
      fit(mailSlot, {
        name: 'hasty',
        fits: () => true,
        make: () => openSmtp({ name: 'hasty', server: { url }, from: 'a@hall.example.org', patience }),
      }),
    ],
  })
