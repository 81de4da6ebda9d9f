/** What the chain of the audit trail says. */
export const chain = {
  found: {
    edited: 'Edited: {{act}} of {{resource}} at {{at}} (entry {{entry}}) is not what seal {{seal}} sealed.',
    deleted: 'Deleted: entry {{entry}}, which seal {{seal}} sealed, is gone.',
    inserted:
      'Inserted: {{act}} of {{resource}} at {{at}} (entry {{entry}}) was put in after its time had been sealed.',
    backdated: 'Backdated: {{act}} of {{resource}} (entry {{entry}}) was not written when it says, {{at}}.',
    twice: 'Sealed twice: entry {{entry}} stands in more than one place.',
    erased:
      'Emptied: {{act}} of {{resource}} at {{at}} (entry {{entry}}) has lost its content, and no erasure tells why.',
    erasure: 'Erasure not told: what was erased is not what entry {{entry}} says.',
    reordered:
      'Reordered: {{act}} of {{resource}} at {{at}} (entry {{entry}}) has changed places or times with another.',
    reordered_seal: 'Reordered: seal {{seal}}, or what is in it, has changed places.',
    seal_changed: 'Seal changed: seal {{seal}} is not what it was when it was made.',
    seal_missing: 'Seals missing: {{seal}} to {{detail}} are gone.',
    chain_broken: 'Chain broken: seal {{seal}} does not follow from the one before it.',
    truncated: 'Cut off: the head of seal {{seal}} was published ({{detail}}), and the trail ends before it.',
    rewritten: 'Written anew: seal {{seal}} is not the one whose head was published ({{detail}}).',
    machinery: 'Switched off or changed: {{detail}}, which writes or keeps the trail, is not as it was installed.',
    cannot_seal: 'Not sealed: the newest entries could not be sealed ({{detail}}).',
  },
  mail: {
    subject: 'Proof of the audit trail of {{org}}, {{day}}',
    intro: 'The audit trail of {{org}} has {{entries}} entries up to now. This line stands for all of them:',
    keep: 'Please keep this mail. Should anybody ever change the trail, this line will not fit it any more.',
    check: 'To check it, whoever runs the server types: bin/commonhall audit verify ORG --head {{head}}',
    why: 'You get this because an administrator of {{org}} named you as a witness. Nothing need be done with it.',
  },
  witness: {
    shape: 'Give the addresses as {"emails": [...]}; an empty list means that nobody is mailed.',
    too_many: 'At most {{most}} addresses can be witnesses.',
  },
} as const
