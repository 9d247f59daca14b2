"""The CSS properties that components take as style props, and which of them take bare numbers.

Names are in camelCase, as React and the `style` dict write them.
"""

from __future__ import annotations

CSS_PROPERTIES = frozenset(
    """
accentColor alignContent alignItems alignSelf alignTracks alignmentBaseline all anchorName
anchorScope animation animationComposition animationDelay animationDirection animationDuration
animationFillMode animationIterationCount animationName animationPlayState animationRange
animationRangeEnd animationRangeStart animationTimeline animationTimingFunction animationTrigger
appearance aspectRatio backdropFilter backfaceVisibility background backgroundAttachment
backgroundBlendMode backgroundClip backgroundColor backgroundImage backgroundOrigin
backgroundPosition backgroundPositionX backgroundPositionY backgroundRepeat backgroundSize
baselineShift baselineSource blockSize border borderBlock borderBlockColor borderBlockEnd
borderBlockEndColor borderBlockEndStyle borderBlockEndWidth borderBlockStart
borderBlockStartColor borderBlockStartStyle borderBlockStartWidth borderBlockStyle
borderBlockWidth borderBottom borderBottomColor borderBottomLeftRadius borderBottomRightRadius
borderBottomStyle borderBottomWidth borderCollapse borderColor borderEndEndRadius
borderEndStartRadius borderImage borderImageOutset borderImageRepeat borderImageSlice
borderImageSource borderImageWidth borderInline borderInlineColor borderInlineEnd
borderInlineEndColor borderInlineEndStyle borderInlineEndWidth borderInlineStart
borderInlineStartColor borderInlineStartStyle borderInlineStartWidth borderInlineStyle
borderInlineWidth borderLeft borderLeftColor borderLeftStyle borderLeftWidth borderRadius
borderRight borderRightColor borderRightStyle borderRightWidth borderShape borderSpacing
borderStartEndRadius borderStartStartRadius borderStyle borderTop borderTopColor
borderTopLeftRadius borderTopRightRadius borderTopStyle borderTopWidth borderWidth bottom
boxDecorationBreak boxShadow boxSizing breakAfter breakBefore breakInside captionSide caret
caretAnimation caretColor caretShape clear clip clipPath clipRule color colorAdjust
colorInterpolation colorInterpolationFilters colorRendering colorScheme columnCount columnFill
columnGap columnHeight columnRule columnRuleColor columnRuleStyle columnRuleWidth columnSpan
columnWidth columnWrap columns contain containIntrinsicBlockSize containIntrinsicHeight
containIntrinsicInlineSize containIntrinsicSize containIntrinsicWidth container containerName
containerType content contentVisibility cornerBlockEndShape cornerBlockStartShape
cornerBottomLeftShape cornerBottomRightShape cornerBottomShape cornerEndEndShape
cornerEndStartShape cornerInlineEndShape cornerInlineStartShape cornerLeftShape cornerRightShape
cornerShape cornerStartEndShape cornerStartStartShape cornerTopLeftShape cornerTopRightShape
cornerTopShape counterIncrement counterReset counterSet cursor cx cy d direction display
dominantBaseline dynamicRangeLimit emptyCells fieldSizing fill fillOpacity fillRule filter flex
flexBasis flexDirection flexFlow flexGrow flexLineCount flexShrink flexWrap float floodColor
floodOpacity font fontFamily fontFeatureSettings fontKerning fontLanguageOverride
fontOpticalSizing fontPalette fontSize fontSizeAdjust fontSmooth fontStretch fontStyle
fontSynthesis fontSynthesisPosition fontSynthesisSmallCaps fontSynthesisStyle
fontSynthesisWeight fontVariant fontVariantAlternates fontVariantCaps fontVariantEastAsian
fontVariantEmoji fontVariantLigatures fontVariantNumeric fontVariantPosition
fontVariationSettings fontWeight fontWidth forcedColorAdjust frameSizing gap
glyphOrientationVertical grid gridArea gridAutoColumns gridAutoFlow gridAutoRows gridColumn
gridColumnEnd gridColumnStart gridRow gridRowEnd gridRowStart gridTemplate gridTemplateAreas
gridTemplateColumns gridTemplateRows hangingPunctuation height hyphenateCharacter
hyphenateLimitChars hyphens imageOrientation imageRendering imageResolution initialLetter
initialLetterAlign inlineSize inset insetBlock insetBlockEnd insetBlockStart insetInline
insetInlineEnd insetInlineStart interactivity interestDelay interestDelayEnd interestDelayStart
interpolateSize isolation justifyContent justifyItems justifySelf justifyTracks left
letterSpacing lightingColor lineBreak lineClamp lineHeight lineHeightStep linkParameters
listStyle listStyleImage listStylePosition listStyleType margin marginBlock marginBlockEnd
marginBlockStart marginBottom marginInline marginInlineEnd marginInlineStart marginLeft
marginRight marginTop marginTrim marker markerEnd markerMid markerStart mask maskBorder
maskBorderMode maskBorderOutset maskBorderRepeat maskBorderSlice maskBorderSource
maskBorderWidth maskClip maskComposite maskImage maskMode maskOrigin maskPosition maskRepeat
maskSize maskType masonryAutoFlow mathDepth mathShift mathStyle maxBlockSize maxHeight
maxInlineSize maxLines maxWidth minBlockSize minHeight minInlineSize minWidth mixBlendMode
motion motionDistance motionPath motionRotation objectFit objectPosition objectViewBox offset
offsetAnchor offsetDistance offsetPath offsetPosition offsetRotate offsetRotation opacity order
orphans outline outlineColor outlineOffset outlineStyle outlineWidth overflow overflowAnchor
overflowBlock overflowClipBox overflowClipMargin overflowInline overflowWrap overflowX overflowY
overlay overscrollBehavior overscrollBehaviorBlock overscrollBehaviorInline overscrollBehaviorX
overscrollBehaviorY padding paddingBlock paddingBlockEnd paddingBlockStart paddingBottom
paddingInline paddingInlineEnd paddingInlineStart paddingLeft paddingRight paddingTop page
paintOrder pathLength perspective perspectiveOrigin placeContent placeItems placeSelf
pointerEvents position positionAnchor positionArea positionTry positionTryFallbacks
positionTryOrder positionVisibility printColorAdjust quotes r readingFlow readingOrder resize
right rotate rowGap rubyAlign rubyMerge rubyOverhang rubyPosition rx ry scale scrollAxisLock
scrollBehavior scrollInitialTarget scrollMargin scrollMarginBlock scrollMarginBlockEnd
scrollMarginBlockStart scrollMarginBottom scrollMarginInline scrollMarginInlineEnd
scrollMarginInlineStart scrollMarginLeft scrollMarginRight scrollMarginTop scrollMarkerGroup
scrollPadding scrollPaddingBlock scrollPaddingBlockEnd scrollPaddingBlockStart
scrollPaddingBottom scrollPaddingInline scrollPaddingInlineEnd scrollPaddingInlineStart
scrollPaddingLeft scrollPaddingRight scrollPaddingTop scrollSnapAlign scrollSnapMargin
scrollSnapMarginBottom scrollSnapMarginLeft scrollSnapMarginRight scrollSnapMarginTop
scrollSnapStop scrollSnapType scrollTargetGroup scrollTimeline scrollTimelineAxis
scrollTimelineName scrollbarColor scrollbarGutter scrollbarWidth shapeImageThreshold shapeMargin
shapeOutside shapeRendering speakAs stopColor stopOpacity stroke strokeColor strokeDasharray
strokeDashoffset strokeLinecap strokeLinejoin strokeMiterlimit strokeOpacity strokeWidth tabSize
tableLayout textAlign textAlignLast textAnchor textAutospace textBox textBoxEdge textBoxTrim
textCombineUpright textDecoration textDecorationColor textDecorationInset textDecorationLine
textDecorationSkipInk textDecorationStyle textDecorationThickness textEmphasis textEmphasisColor
textEmphasisPosition textEmphasisStyle textFit textIndent textJustify textOrientation
textOverflow textRendering textShadow textSizeAdjust textSpacingTrim textTransform
textUnderlineOffset textUnderlinePosition textWrap textWrapMode textWrapStyle timelineScope
timelineTrigger timelineTriggerActivationRange timelineTriggerActivationRangeEnd
timelineTriggerActivationRangeStart timelineTriggerActiveRange timelineTriggerActiveRangeEnd
timelineTriggerActiveRangeStart timelineTriggerName timelineTriggerSource top touchAction
transform transformBox transformOrigin transformStyle transition transitionBehavior
transitionDelay transitionDuration transitionProperty transitionTimingFunction translate
triggerScope unicodeBidi userSelect vectorEffect verticalAlign viewTimeline viewTimelineAxis
viewTimelineInset viewTimelineName viewTransitionClass viewTransitionName viewTransitionScope
visibility whiteSpace whiteSpaceCollapse widows width willChange windowDrag wordBreak
wordSpacing wordWrap writingMode x y zIndex zoom
""".split()
)

UNITLESS = frozenset(
    """
animationIterationCount aspectRatio borderImageOutset borderImageSlice borderImageWidth boxFlex
boxFlexGroup boxOrdinalGroup columnCount columns fillOpacity flex flexGrow flexNegative flexOrder
flexPositive flexShrink floodOpacity fontWeight gridArea gridColumn gridColumnEnd gridColumnSpan
gridColumnStart gridRow gridRowEnd gridRowSpan gridRowStart lineClamp lineHeight opacity order
orphans scale stopOpacity strokeDasharray strokeDashoffset strokeMiterlimit strokeOpacity
strokeWidth tabSize widows zIndex zoom
""".split()
)
"""Properties whose numbers are no lengths: `opacity=1` stays `1`, `width=1` becomes `1px`."""

SHORTHANDS: dict[str, tuple[str, ...]] = {
    "paddingX": ("paddingInlineStart", "paddingInlineEnd"),
    "paddingY": ("paddingTop", "paddingBottom"),
    "marginX": ("marginInlineStart", "marginInlineEnd"),
    "marginY": ("marginTop", "marginBottom"),
    "bg": ("background",),
    "bgColor": ("backgroundColor",),
    "fontFamily": ("fontFamily", "--default-font-family"),
}
"""What an author's short name stands for. Radix takes its font from a custom property."""


def camel_case(name: str) -> str:
    """Return ``name`` as JavaScript writes it: ``"max_width"`` → ``"maxWidth"``."""
    first, *rest = name.replace("-", "_").strip("_").split("_")
    return first + "".join(part[:1].upper() + part[1:] for part in rest)


def is_style_name(name: str) -> bool:
    """Tell whether the keyword ``name`` styles a component: a property, a pseudo-class."""
    if name.startswith(("_", ":", "&", "@", "--")):
        return True
    camel = camel_case(name)
    if camel.startswith(("Webkit", "Moz", "Ms", "webkit", "moz", "ms")) and camel != "mask":
        return True
    return camel in CSS_PROPERTIES or camel in SHORTHANDS
