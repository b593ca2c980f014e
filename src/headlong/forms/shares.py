"""The form of the model that forecasts use: shares of holdings, place memory, a strain that may start anew.

    log-odds of loss = strain of the side
                     + nearby            losses nearby over losses anywhere
                     + won, won_lately   what the side won, as shares of what it holds
                     + border, seat      how near hostile country is, and the side's own seat
                     + home              whose people live there
                     + taken             how lately it changed hands

Nothing in it depends on how many places the table lists. Strain is one hidden level per side: a slow part that
is drawn anew once in some weeks, and a fast part.
"""

from headlong.forms.form import NAMES, Form

SHARES = Form("shares", "shares of holdings, place memory, strain that may start anew", NAMES)
