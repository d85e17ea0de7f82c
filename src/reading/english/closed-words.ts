import type { Features } from '../token.ts';

/** Pronouns by form. Case is given only where the form tells it: `you` and `it` stand in both. */
export const PRONOUNS: ReadonlyMap<string, Features> = new Map<string, Features>([
  ['i', { Case: 'Nom', Person: '1', Number: 'Sing' }],
  ['me', { Case: 'Acc', Person: '1', Number: 'Sing' }],
  ['we', { Case: 'Nom', Person: '1', Number: 'Plur' }],
  ['us', { Case: 'Acc', Person: '1', Number: 'Plur' }],
  ['you', { Person: '2' }],
  ['thou', { Case: 'Nom', Person: '2', Number: 'Sing' }],
  ['thee', { Case: 'Acc', Person: '2', Number: 'Sing' }],
  ['ye', { Person: '2' }],
  ['he', { Case: 'Nom', Person: '3', Number: 'Sing', Gender: 'Masc' }],
  ['him', { Case: 'Acc', Person: '3', Number: 'Sing', Gender: 'Masc' }],
  ['she', { Case: 'Nom', Person: '3', Number: 'Sing', Gender: 'Fem' }],
  ['it', { Person: '3', Number: 'Sing', Gender: 'Neut' }],
  ['they', { Case: 'Nom', Person: '3', Number: 'Plur' }],
  ['them', { Case: 'Acc', Person: '3', Number: 'Plur' }],
]);

/** The nominative of an oblique pronoun: what an agent is called. */
export const NOMINATIVES: ReadonlyMap<string, string> = new Map([
  ['me', 'i'],
  ['us', 'we'],
  ['thee', 'thou'],
  ['him', 'he'],
  ['her', 'she'],
  ['them', 'they'],
]);

export const INDEFINITE_PRONOUNS: ReadonlySet<string> = new Set(
  (
    'someone somebody anyone anybody everyone everybody nobody none something anything everything nothing all ' +
    'both each another others many some few several one this that these those'
  ).split(' '),
);

/** Before its noun; `her` also stands alone. */
export const POSSESSIVES: ReadonlySet<string> = new Set('my thy your his her its our their whose'.split(' '));

export const REFLEXIVES: ReadonlySet<string> = new Set(
  'myself yourself thyself himself herself itself oneself ourselves yourselves themselves'.split(' '),
);

/** Form → lemma. Clitics stand with a straight apostrophe; `'s` and `'d` are told apart by what follows them. */
export const MODALS: ReadonlyMap<string, string> = new Map([
  ...'can could will would shall should may might must ought'.split(' ').map((word) => [word, word] as const),
  ['ca', 'can'],
  ['wo', 'will'],
  ['sha', 'shall'],
  ["'ll", 'will'],
]);

export const BE: ReadonlySet<string> = new Set("be am is are was were been being 'm 're ai".split(' '));
export const BE_FINITE: ReadonlySet<string> = new Set("am is are was were 'm 're ai".split(' '));
export const HAVE: ReadonlySet<string> = new Set("have has had having 've".split(' '));
export const HAVE_FINITE: ReadonlySet<string> = new Set("have has had 've".split(' '));
export const DO_FINITE: ReadonlySet<string> = new Set('do does did'.split(' '));

/** Irregular forms that are participles only. */
export const PARTICIPLES: ReadonlySet<string> = new Set(
  (
    'been gone done seen taken given known shown grown thrown drawn flown blown eaten beaten fallen risen driven ' +
    'ridden written hidden bitten broken spoken stolen frozen woken chosen forgotten forgiven forbidden gotten sworn ' +
    'torn worn born borne begun drunk sung rung sunk swum sprung shrunk shaken mistaken forsaken swollen hewn sown ' +
    'mown laden stricken trodden woven slain sewn undone withdrawn overcome awoken lain'
  ).split(' '),
);

/**
 * Irregular forms that are the past tense only, with their bases; the rest (stood, held, lost) are both past tense and
 * participle, as are forms in -ed.
 */
export const PASTS: ReadonlyMap<string, string> = new Map(
  (
    'went:go saw:see took:take gave:give knew:know grew:grow threw:throw drew:draw flew:fly blew:blow ate:eat ' +
    'fell:fall rose:rise drove:drive rode:ride wrote:write hid:hide bit:bite broke:break spoke:speak stole:steal ' +
    'froze:freeze woke:wake chose:choose forgot:forget forgave:forgive forbade:forbid swore:swear tore:tear wore:wear ' +
    'began:begin drank:drink sang:sing rang:ring sank:sink swam:swim sprang:spring shrank:shrink shook:shake ' +
    'mistook:mistake forsook:forsake trod:tread wove:weave slew:slay withdrew:withdraw came:come became:become ' +
    'overcame:overcome ran:run lay:lie was:be were:be did:do bore:bear strode:stride awoke:awake strove:strive bade:bid'
  )
    .split(' ')
    .map((pair) => pair.split(':') as [string, string]),
);

/** Verbs whose past tense looks like their base form. */
export const UNCHANGING: ReadonlySet<string> = new Set(
  'cut put set shut hit let cast cost hurt spread burst read shed split thrust bid quit rid'.split(' '),
);

/** Base forms that end like a participle or a past tense. */
export const LOOKALIKES: ReadonlySet<string> = new Set(
  (
    'bring sing ring sting cling swing fling wring spring string sling ping wing need feed bleed breed shed speed heed ' +
    'weed seed succeed proceed exceed embed wed shred'
  ).split(' '),
);

/** Other irregular past tenses that wink-nlp takes for nouns, with their bases. */
export const RARE_PASTS: ReadonlyMap<string, string> = new Map(
  (
    'knelt:kneel crept:creep leapt:leap leant:lean dwelt:dwell slunk:slink clung:cling flung:fling wrung:wring ' +
    'stung:sting swung:swing slung:sling spun:spin sped:speed fled:flee bled:bleed dreamt:dream spilt:spill ' +
    'burnt:burn shone:shine wept:weep swept:sweep slept:sleep'
  )
    .split(' ')
    .map((pair) => pair.split(':') as [string, string]),
);

/** Verbs that take an object and a bare infinitive: made him go, heard her sing. */
export const BARE_INFINITIVE_VERBS: ReadonlySet<string> = new Set(
  'make let see hear feel watch help bid have notice dare need'.split(' '),
);
