"""A form on the firm's own website: a person becomes a lead, a machine becomes nothing and is thanked."""

from __future__ import annotations

from pathlib import Path

import httpx
from starlette.applications import Starlette
from starlette.routing import Route

from bot.web.forms import MOST, Forms
from flows.webform.actions import form_id
from store.engine import open_database
from store.models import Customer, Lead
from tests.engines import Hands, fresh
from tests.flows.surveys.scene import Scene


async def test_a_person_becomes_a_lead_and_a_machine_does_not(tmp_path: Path) -> None:
    with fresh("sqlite", tmp_path) as url:
        scene = Scene(open_database(url, Hands()), Hands())
        scene.member("Ann", "manager")
        form = scene.write(lambda work: form_id(work.firm(1)))
        site = Starlette(routes=[Route("/form/{form}", Forms(scene.database).answer, methods=["POST"])])
        async with httpx.AsyncClient(transport=httpx.ASGITransport(site), base_url="http://here") as client:
            person = {"姓名": "李伟", "公司": "鼎盛", "手机": "13800138000", "留言": "要报价", "预算": "5万"}
            thanked = await client.post(f"/form/{form}", data=person, headers={"Origin": "https://shop.cn"})
            machine = await client.post(f"/form/{form}", json={"name": "Bot", "website": "http://x", "phone": "1"})
            links = await client.post(f"/form/{form}", data={"name": "B", "message": "http://a http://b http://c"})
            wrong = await client.post(f"/form/{form[:-1]}x", data=person)
            nobody = await client.post(f"/form/{form}", data={"message": "hello"})
            often = [(await client.post(f"/form/{form}", data={})).status_code for _ in range(MOST)]

        assert [answer.status_code for answer in (thanked, machine, links, wrong, nobody)] == [200, 200, 200, 404, 422]
        assert often[-1] == 429
        rows, leads = scene.find(Customer), scene.find(Lead)
        assert [(row.name, row.phone) for row in rows] == [("鼎盛", "+8613800138000")]
        assert [(lead.source, lead.words) for lead in leads] == [("web shop.cn", "要报价\n预算: 5万")]
        scene.database.close()
