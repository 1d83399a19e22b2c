import type { Faker } from '@faker-js/faker'
import { faker as cs } from '@faker-js/faker/locale/cs_CZ'
import { faker as da } from '@faker-js/faker/locale/da'
import { faker as de } from '@faker-js/faker/locale/de'
import { faker as el } from '@faker-js/faker/locale/el'
import { faker as enGb } from '@faker-js/faker/locale/en_GB'
import { faker as es } from '@faker-js/faker/locale/es'
import { faker as fi } from '@faker-js/faker/locale/fi'
import { faker as fr } from '@faker-js/faker/locale/fr'
import { faker as it } from '@faker-js/faker/locale/it'
import { faker as nb } from '@faker-js/faker/locale/nb_NO'
import { faker as pl } from '@faker-js/faker/locale/pl'
import { faker as ru } from '@faker-js/faker/locale/ru'
import { faker as sv } from '@faker-js/faker/locale/sv'
import { faker as tr } from '@faker-js/faker/locale/tr'
import { faker as uk } from '@faker-js/faker/locale/uk'
import anyAscii from 'any-ascii'
import type { SeededRandom } from './seeded-random.ts'

/** A name as its owner writes it, and in ASCII for the address. */
export interface DemoName {
  readonly givenName: string
  readonly surname: string
  readonly asciiGivenName: string
  readonly asciiSurname: string
  /** Whether the surname comes first in the display name, as in Chinese, Japanese and Korean. */
  readonly isSurnameFirst: boolean
}

/** Languages people of the demo have their names from. */
export type NameLanguage = keyof typeof FROM_FAKER | keyof typeof PAIRED

const FROM_FAKER = { nb, sv, fi, da, de, fr, es, it, pl, cs, tr, en: enGb, el, ru, uk }

/**
 * Scripts whose romanisation needs a reader: each name with its usual Latin spelling. Common names, picked by hand.
 * `native:latin`, parted by blanks.
 */
const PAIRED = {
  ar: {
    given:
      'ليلى:Layla مريم:Maryam فاطمة:Fatima نور:Nour سارة:Sara هدى:Huda يوسف:Youssef عمر:Omar خالد:Khalid سامي:Sami طارق:Tariq كريم:Karim زينب:Zaynab حسن:Hassan',
    family:
      'حداد:Haddad خوري:Khoury نجار:Najjar منصور:Mansour سليمان:Suleiman صالح:Saleh عثمان:Othman ناصر:Nasser فارس:Faris قاسم:Qasim رحمن:Rahman شريف:Sharif',
  },
  he: {
    given:
      'נועה:Noa תמר:Tamar יעל:Yael מאיה:Maya שירה:Shira רחל:Rachel דוד:David יוסף:Yosef איתן:Eitan אורי:Ori דניאל:Daniel נועם:Noam אבי:Avi רות:Ruth',
    family:
      'כהן:Cohen לוי:Levi מזרחי:Mizrahi פרץ:Peretz ביטון:Biton דהן:Dahan אברהם:Avraham פרידמן:Friedman מלכה:Malka אזולאי:Azoulay כץ:Katz יוספי:Yosefi',
  },
  zh: {
    given:
      '伟:Wei 芳:Fang 娜:Na 秀英:Xiuying 敏:Min 静:Jing 丽:Li 强:Qiang 磊:Lei 洋:Yang 艳:Yan 勇:Yong 军:Jun 杰:Jie 涛:Tao 明:Ming 晓雯:Xiaowen 子涵:Zihan',
    family:
      '王:Wang 李:Li 张:Zhang 刘:Liu 陈:Chen 杨:Yang 黄:Huang 赵:Zhao 吴:Wu 周:Zhou 徐:Xu 孙:Sun 马:Ma 朱:Zhu 胡:Hu 郭:Guo',
  },
  ja: {
    given:
      '陽菜:Hina 結衣:Yui 葵:Aoi さくら:Sakura 美咲:Misaki 愛:Ai 花子:Hanako 翔太:Shota 健太:Kenta 大輔:Daisuke 蓮:Ren 悠真:Yuma 拓也:Takuya 誠:Makoto 直樹:Naoki 恵子:Keiko',
    family:
      '佐藤:Sato 鈴木:Suzuki 高橋:Takahashi 田中:Tanaka 渡辺:Watanabe 伊藤:Ito 山本:Yamamoto 中村:Nakamura 小林:Kobayashi 加藤:Kato 吉田:Yoshida 山田:Yamada 松本:Matsumoto 井上:Inoue',
  },
  ko: {
    given:
      '민준:Minjun 서연:Seoyeon 지우:Jiwoo 하은:Haeun 도윤:Doyoon 수빈:Subin 지훈:Jihoon 현우:Hyunwoo 유진:Yujin 은지:Eunji 성민:Seongmin 예린:Yerin 준호:Junho 나영:Nayoung',
    family: '김:Kim 이:Lee 박:Park 최:Choi 정:Jung 강:Kang 조:Cho 윤:Yoon 장:Jang 임:Lim 한:Han 오:Oh 서:Seo 신:Shin',
  },
} as const

/** Surnames that must occur although chance might leave them out: an apostrophe is legal in an address. */
const APOSTROPHE_SURNAMES = ["O'Brien", "D'Angelo", "O'Sullivan", "N'Diaye"]

interface Pool {
  readonly given: readonly (readonly [string, string])[][]
  readonly family: readonly (readonly [string, string])[][]
  readonly isSurnameFirst: boolean
}

type SexedList = {
  readonly female?: readonly string[] | null | undefined
  readonly male?: readonly string[] | null | undefined
  readonly generic?: readonly string[] | null | undefined
}

const pools = new Map<NameLanguage, Pool>()

/** Latin letters, digits, `'` and `-` of a name, in lower case. */
export function toAsciiName(name: string): string {
  return anyAscii(name)
    .toLowerCase()
    .replace(/[^a-z0-9'-]/g, '')
}

function toPairs(names: readonly string[]): (readonly [string, string])[] {
  return names
    .map((name) => [name, toAsciiName(name).replaceAll("'", '')] as const)
    .filter(([, ascii]) => ascii.length > 1)
}

function fakerPool(faker: Faker): Pool {
  const person = faker.rawDefinitions.person
  const split = (list: SexedList | null | undefined): (readonly [string, string])[][] => {
    const generic = list?.generic ?? []
    return [toPairs(list?.female ?? generic), toPairs(list?.male ?? generic)]
  }
  return { given: split(person?.first_name), family: split(person?.last_name), isSurnameFirst: false }
}

function pairedPool(language: keyof typeof PAIRED): Pool {
  const read = (text: string): (readonly [string, string])[] =>
    text.split(' ').map((pair) => {
      const [native = '', latin = ''] = pair.split(':')
      return [native, toAsciiName(latin)] as const
    })
  const { given, family } = PAIRED[language]
  return { given: [read(given)], family: [read(family)], isSurnameFirst: ['zh', 'ja', 'ko'].includes(language) }
}

function isPaired(language: NameLanguage): language is keyof typeof PAIRED {
  return language in PAIRED
}

function poolOf(language: NameLanguage): Pool {
  const known = pools.get(language)
  if (known !== undefined) return known
  const pool = isPaired(language) ? pairedPool(language) : fakerPool(FROM_FAKER[language])
  pools.set(language, pool)
  return pool
}

/** Draws a name. Given name and surname agree in sex where the language has it so. */
export function drawName(language: NameLanguage, random: SeededRandom): DemoName {
  const pool = poolOf(language)
  const sex = random.integer(2)
  const [givenName, asciiGivenName] = random.pick(pool.given[sex % pool.given.length] ?? [])
  const [surname, asciiSurname] = random.pick(pool.family[sex % pool.family.length] ?? [])
  const apostrophe = language === 'en' && random.next() < 0.04 ? random.pick(APOSTROPHE_SURNAMES) : null
  return {
    givenName,
    surname: apostrophe ?? surname,
    asciiGivenName,
    asciiSurname: apostrophe === null ? asciiSurname : toAsciiName(apostrophe),
    isSurnameFirst: pool.isSurnameFirst,
  }
}
